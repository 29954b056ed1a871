import { lazy, Suspense, useEffect } from 'react'
import { AboutDialog } from './frame/AboutDialog'
import { CommandPalette } from './frame/CommandPalette'
import { DropTarget } from './frame/DropTarget'
import { Frame } from './frame/Frame'
import { MachineDialog } from './frame/MachineDialog'
import { RecipeDialog } from './frame/RecipeDialog'
import { TourDialog } from './frame/TourDialog'
import { WelcomeScreen } from './screens/welcome/WelcomeScreen'
import { useAnalyses } from './state/analyses'
import { useNavigation } from './state/navigationStore'
import { useProject } from './state/projectStore'
import { PageSkeleton } from './ui/Skeleton'

const screens = {
  data: lazy(async () => ({ default: (await import('./screens/data/DataScreen')).DataScreen })),
  explore: lazy(async () => ({ default: (await import('./screens/explore/ExploreScreen')).ExploreScreen })),
  segment: lazy(async () => ({ default: (await import('./screens/segment/SegmentScreen')).SegmentScreen })),
  case: lazy(async () => ({ default: (await import('./screens/case/CaseScreen')).CaseScreen })),
}

export function App() {
  const project = useProject((state) => state.project)
  const opening = useProject((state) => state.opening)
  const screen = useNavigation((state) => state.screen)
  const Screen = screens[screen]
  useEffect(() => {
    document.title = project === null ? 'Casebook' : `${project.name} – Casebook`
  }, [project])

  return (
    <DropTarget>
      {project === null && opening === null ? (
        <WelcomeScreen />
      ) : (
        <Frame>
          <Suspense fallback={<PageSkeleton />}>
            <Screen key={project?.folder ?? 'opening'} />
          </Suspense>
        </Frame>
      )}
      <Palette />
      <AboutDialog />
      <TourDialog />
      <MachineDialog />
      <RecipeDialog />
    </DropTarget>
  )
}

function Palette() {
  const listings = useAnalyses().data ?? []
  const isOpen = useProject((state) => state.project !== null)
  return <CommandPalette listings={isOpen ? listings : []} hasProject={isOpen} />
}
