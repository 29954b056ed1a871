import { Skeleton } from '../ui/Skeleton'

export function ResultSkeleton() {
  return (
    <div className="col delayed" style={{ gap: 12 }} role="status" aria-label="Computing">
      <Skeleton height={28} width="70%" />
      <Skeleton height={20} width="90%" />
      <Skeleton height={78} />
      <Skeleton height={380} />
    </div>
  )
}
