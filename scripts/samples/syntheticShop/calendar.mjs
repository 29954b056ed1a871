/** The year the shop is simulated in. Days are counted from 0; every time is UTC. */
export const year = 2025
export const dayCount = 365
export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const dayMs = 86_400_000
const yearStart = Date.UTC(year, 0, 1)

export const days = {
  freeDelivery: dayOf(6, 1),
  trackingStart: dayOf(7, 1),
  socialCampaign: [dayOf(5, 5), dayOf(5, 25)],
  mobileBreak: [dayOf(9, 1), dayOf(9, 30)],
  blackFriday: dayOf(11, 28),
  cyberMonday: dayOf(12, 1),
  lastShipping: dayOf(12, 20),
}

export function dayOf(month, day) {
  return (Date.UTC(year, month - 1, day) - yearStart) / dayMs
}

export const monthOf = (day) => new Date(yearStart + day * dayMs).getUTCMonth()
export const weekdayOf = (day) => new Date(yearStart + day * dayMs).getUTCDay()
export const dateText = (day) => new Date(yearStart + day * dayMs).toISOString().slice(0, 10)
export const timeText = (second) => new Date(yearStart + second * 1000).toISOString().slice(0, 19).replace('T', ' ')
export const isWithin = (day, [first, last]) => day >= first && day <= last

const monthDemand = [0.86, 0.82, 0.9, 0.96, 1.02, 0.92, 0.86, 0.84, 0.98, 1.06, 1.22, 1.3]
const weekdayDemand = [1.14, 1.1, 1.02, 0.98, 0.96, 0.88, 0.92]

/** How busy a day is; 1 is an ordinary one. Black Friday week pulls purchases forward from early December. */
export function demandOn(day) {
  return monthDemand[monthOf(day)] * weekdayDemand[weekdayOf(day)] * eventDemand(day)
}

function eventDemand(day) {
  if (day === days.blackFriday) return 4.5
  if (day === days.cyberMonday) return 2.4
  if (isSaleWeek(day)) return 1.9
  if (day > days.cyberMonday && day <= days.cyberMonday + 9) return 0.72
  if (day > days.lastShipping) return 0.5
  return 1
}

export const isSaleWeek = (day) => isWithin(day, [days.blackFriday - 4, days.cyberMonday])
