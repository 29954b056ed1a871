/** What two tables have in common. */
export type JoinKey = 'customer' | 'category' | 'category and month' | 'date' | 'source'

/** Two tables that belong together by a key, checked before anything is joined. */
export interface JoinReport {
  /** `orders-customers`. */
  readonly id: string
  readonly key: JoinKey
  readonly left: JoinSide
  /** The table that is looked up. */
  readonly right: JoinSide
  /** A table that describes single keys must hold each once; spend and orders may repeat theirs. */
  readonly mustBeUnique: boolean
  /** Keys that stand in several rows of the looked-up table. */
  readonly repeated: RepeatedKeys
  readonly rows: Share
  readonly keys: Share
  /** Rows of the left table without a key. */
  readonly withoutKey: number
  readonly unmatchedLeft: UnmatchedKeys
  readonly unmatchedRight: UnmatchedKeys
  readonly before: Amounts
  readonly after: Amounts
  /** What joining without a check would have made of it. */
  readonly unchecked: Amounts
  /** Joined; joined without the keys that would multiply rows; or nothing fits. */
  readonly state: 'joined' | 'withoutRepeated' | 'nothingFits'
  /** What is done, in a sentence. */
  readonly treatment: string
  /** The choice that decides what happens to repeated keys, when there is one. */
  readonly choice: string | null
  readonly repair: JoinRepair | null
}

export interface JoinSide {
  /** The role view, as in `orders`. */
  readonly view: string
  readonly label: string
  /** Tables and columns of the files: "sales.CustomerID". */
  readonly columns: readonly string[]
}

export interface Share {
  readonly total: number
  readonly matched: number
}

export interface Amounts {
  readonly rows: number
  /** Quantity × price; null where the rows carry no money. */
  readonly revenue: number | null
}

export interface UnmatchedKeys {
  readonly keys: number
  readonly rows: number
  /** Those with most rows first. */
  readonly examples: readonly string[]
}

export interface RepeatedKeys extends UnmatchedKeys {
  /** Those whose rows say different things. */
  readonly conflicting: number
}

/** Keys that would match if they were written alike. */
export interface JoinRepair {
  /** "Leading zeros: 00123 and 123". */
  readonly reason: string
  /** Keys of the left table that would match in addition. */
  readonly keys: number
  /** Formula columns that write both keys alike, to play the role of the key. */
  readonly columns: readonly {
    readonly table: string
    readonly role: string
    readonly name: string
    readonly formula: string
  }[]
}

/** Which keys of a join a list shows. */
export type KeyList = 'left' | 'right' | 'repeated'
