import './questions.css'
import type { AnalysisGroup } from '../../shared/analysis'
import { useAnalyses } from '../state/analyses'
import { openQuestion, type ScreenName, useNavigation } from '../state/navigationStore'
import { ErrorNote } from '../ui/ErrorNote'
import { PageSkeleton } from '../ui/Skeleton'
import { toAppError } from '../ui/toAppError'
import { QuestionMenu } from './QuestionMenu'
import { ResultPage } from './ResultPage'

interface QuestionScreenProps {
  readonly group: AnalysisGroup
  readonly screen: ScreenName
  readonly name: string
  readonly heading: string
}

/** A menu of questions, or the answer to one of them. */
export function QuestionScreen({ group, screen, name, heading }: QuestionScreenProps) {
  const analyses = useAnalyses()
  const question = useNavigation((state) => state.questions[screen] ?? null)
  if (analyses.error !== null) {
    return (
      <div className="page">
        <ErrorNote error={toAppError(analyses.error)} onRetry={() => void analyses.refetch()} />
      </div>
    )
  }
  if (analyses.data === undefined) return <PageSkeleton />
  const listings = analyses.data.filter((listing) => listing.group === group)
  const listing = listings.find(({ id }) => id === question?.analysis)
  if (question === null || listing === undefined) {
    return <QuestionMenu listings={listings} screen={screen} name={name} heading={heading} />
  }
  return (
    <ResultPage
      key={listing.id}
      listing={listing}
      siblings={listings}
      screenName={name}
      params={question.params}
      onParams={(params) => openQuestion(screen, { analysis: listing.id, params })}
      onOpen={(analysis) => openQuestion(screen, { analysis, params: {} })}
      onBack={() => openQuestion(screen, null)}
    />
  )
}
