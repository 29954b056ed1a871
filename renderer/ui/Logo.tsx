export function Logo() {
  return (
    <span className="logo">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1.5" y="1.5" width="17" height="17" rx="4.5" fill="var(--accent)" />
        <path d="M6 13.5V10M10 13.5v-7M14 13.5V8.5" stroke="var(--on-accent)" strokeWidth="1.9" strokeLinecap="round" />
      </svg>
      Casebook
    </span>
  )
}
