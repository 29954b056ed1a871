/** Many readers at a time, or one writer; a waiting writer goes before later readers. */
export class ReadWriteLock {
  #readers = 0
  #writing = false
  readonly #waiting: { readonly writes: boolean; readonly start: () => void }[] = []

  async read<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    await this.#enter(false)
    try {
      return await work()
    } finally {
      this.#readers -= 1
      this.#next()
    }
  }

  async write<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    await this.#enter(true)
    try {
      return await work()
    } finally {
      this.#writing = false
      this.#next()
    }
  }

  #enter(writes: boolean): Promise<void> {
    return new Promise((start) => {
      this.#waiting.push({ writes, start })
      this.#next()
    })
  }

  #next(): void {
    for (;;) {
      const first = this.#waiting[0]
      if (first === undefined || this.#writing || (first.writes && this.#readers > 0)) return
      this.#waiting.shift()
      if (first.writes) this.#writing = true
      else this.#readers += 1
      first.start()
    }
  }
}
