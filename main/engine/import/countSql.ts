import { type Sql, sql } from '../../../shared/sql'

export const countOf = (value: Sql): Sql => sql`count(${value})::DOUBLE`
export const countIf = (test: Sql): Sql => sql`count(CASE WHEN ${test} THEN 1 END)::DOUBLE`
export const leastOf = (value: Sql, test: Sql): Sql => sql`min(CASE WHEN ${test} THEN ${value} END)`
export const mostOf = (value: Sql, test: Sql): Sql => sql`max(CASE WHEN ${test} THEN ${value} END)`
