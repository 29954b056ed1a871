interface SkeletonProps {
  readonly height: number
  readonly width?: number | string
}

export function Skeleton({ height, width = '100%' }: SkeletonProps) {
  return <div className="skeleton" style={{ height, width }} aria-hidden="true" />
}

/** Shown only when loading takes longer than 300 ms. */
export function PageSkeleton() {
  return (
    <div className="page delayed" role="status" aria-label="Loading">
      <Skeleton height={28} width={220} />
      <Skeleton height={28} width="64%" />
      <Skeleton height={78} />
      <Skeleton height={360} />
    </div>
  )
}
