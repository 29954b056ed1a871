/**
 * What an analyst may do about a finding: leave everything as it is, leave the rows out, empty the cells, or put them
 * right as the finding proposes.
 */
export const findingActions = ['keep', 'leaveOut', 'clear', 'fix'] as const
export type FindingAction = (typeof findingActions)[number]
