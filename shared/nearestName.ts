/** The most alike name, when it is alike enough to be worth proposing. */
export function nearestName(wished: string, names: readonly string[]): string | undefined {
  const scored = names
    .map((name) => ({ name, distance: editDistance(bare(wished), bare(name)) }))
    .sort((one, other) => one.distance - other.distance)
  const best = scored[0]
  return best !== undefined && best.distance <= Math.max(2, bare(wished).length / 2) ? best.name : undefined
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substituted))
    }
    previous = current
  }
  return previous[other.length] ?? 0
}
