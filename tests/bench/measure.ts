/** Median seconds of several runs, each after the last has ended. */
export async function medianSeconds(runs: number, work: (run: number) => Promise<void>): Promise<number> {
  const seconds: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now()
    await work(run)
    seconds.push((performance.now() - started) / 1000)
  }
  return seconds.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? Number.NaN
}

/** One line of the bench: ours, the peer, the ratio. */
export function printRatio(what: string, ours: number, peer: string, theirs: number): void {
  console.log(`${what}: ${ours.toFixed(3)} s, ${peer} ${theirs.toFixed(3)} s, ratio ${(ours / theirs).toFixed(2)}`)
}

export function printSeconds(what: string, seconds: number, limit: string): void {
  console.log(`${what}: ${seconds.toFixed(3)} s (${limit})`)
}
