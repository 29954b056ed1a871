import { engine } from '../engine'
import { runJob } from '../state/jobStore'
import { mappingEnding, useProject } from '../state/projectStore'
import { showWritten } from '../ui/showWritten'

/** Kinds, roles and choices of the project as a file; dropped together with other files it is applied to them. */
export async function saveMapping(): Promise<void> {
  const { project } = useProject.getState()
  if (project === null) return
  const to = await window.casebook.chooseSavePath({ name: `${project.name}${mappingEnding}`, kind: 'json' })
  if (to === null) return
  const written = await runJob('Saving the mapping', (options) => engine.exportMapping({ to, replace: true }, options))
  showWritten(written, [], {
    title: 'The mapping is saved',
    message: 'Open it together with files of the same shape to apply it',
  })
}
