/**
 * Pieces of work at once. When one fails the others are told to stop and waited for: a query must never outlive the
 * call that started it, because closing its database would end the process.
 * @throws What failed first.
 */
export async function together<Answers extends readonly unknown[]>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => { readonly [Place in keyof Answers]: Promise<Answers[Place]> },
): Promise<Answers> {
  const stop = new AbortController()
  const running: readonly Promise<unknown>[] = start(AbortSignal.any([signal, stop.signal]))
  let failed: { readonly error: unknown } | undefined
  for (const one of running) {
    one.catch((error: unknown) => {
      failed ??= { error }
      stop.abort()
    })
  }
  const settled = await Promise.allSettled(running)
  if (failed !== undefined) throw failed.error
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as unknown as Answers
}
