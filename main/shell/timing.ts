const marks = new Map<string, number>()

/** With CASEBOOK_TIMING=1: milliseconds from the start of the process, as one line of JSON once the page is usable. */
export function markTime(name: 'ready' | 'windowShown' | 'engineSpawned' | 'pageReady'): void {
  if (process.env['CASEBOOK_TIMING'] !== '1' || marks.has(name)) return
  // Not process.getCreationTime: on Linux it is off by up to a second.
  marks.set(name, Math.round(performance.now()))
  if (marks.size === 4) console.log(JSON.stringify({ timing: Object.fromEntries(marks) }))
}
