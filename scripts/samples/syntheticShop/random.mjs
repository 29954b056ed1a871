/** Seeded chance (sfc32). One stream per person or purpose, so that changing one leaves the others as they were. */
export function createRandom(seed, stream = 0) {
  let a = seed >>> 0
  let b = stream >>> 0
  let c = 0x9e3779b9
  let counter = 1

  function next() {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next()

  const between = (low, high) => low + (high - low) * next()
  const integer = (low, high) => Math.floor(between(low, high + 1))
  const chance = (probability) => next() < probability
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const exponential = (mean) => -mean * Math.log(1 - next())

  function poisson(mean) {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = next(); product > limit; product *= next()) count += 1
    return count
  }

  // Marsaglia and Tsang (2000); shapes below 1 by their boost.
  function gamma(shape) {
    if (shape < 1) return gamma(shape + 1) * (1 - next()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  /** One of the keys, by weight. */
  function pick(weights) {
    const entries = Object.entries(weights)
    let left = next() * entries.reduce((total, [, weight]) => total + weight, 0)
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return entries[entries.length - 1][0]
  }

  return { next, between, integer, chance, normal, exponential, poisson, gamma, pick }
}
