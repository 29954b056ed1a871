import { QuestionScreen } from '../../questions/QuestionScreen'

export function SegmentScreen() {
  return <QuestionScreen group="segment" screen="segment" name="Segment" heading="Who deserves which treatment?" />
}
