import { QuestionScreen } from '../../questions/QuestionScreen'

export function ExploreScreen() {
  return <QuestionScreen group="explore" screen="explore" name="Explore" heading="What do you want to know?" />
}
