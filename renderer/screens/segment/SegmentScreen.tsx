export function SegmentScreen() {
  return null
}
