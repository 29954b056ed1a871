/** One input of a form, drawn from a params schema. */
export type ParamField =
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly options: readonly ParamOption[]
      readonly fallback: string | number | null
    }
  | {
      readonly kind: 'number'
      readonly name: string
      readonly label: string
      readonly fallback: number | null
      readonly min: number | null
      readonly max: number | null
      readonly isWhole: boolean
    }
  | { readonly kind: 'flag'; readonly name: string; readonly label: string; readonly fallback: boolean }
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly hint: string
      readonly fallback: string
      readonly pattern: string | null
    }

export interface ParamOption {
  readonly value: string | number
  readonly label: string
}

/** The fields a JSON Schema of params asks for; what no form can draw (lists, objects) is left to the command line. */
export function paramFields(schema: unknown): readonly ParamField[] {
  const properties = asRecord(asRecord(schema)['properties'])
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = fieldOf(name, asRecord(property))
    return field === null ? [] : [field]
  })
}

/** The params in force: what was set, else the defaults. */
export function paramValue(field: ParamField, params: Readonly<Record<string, unknown>>): unknown {
  return params[field.name] ?? field.fallback
}

/** "onOrAfter" is "On or after". */
export function inWords(name: string): string {
  const words = name.replace(
    /([a-z0-9])([A-Z])/g,
    (_whole, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function fieldOf(name: string, property: Record<string, unknown>): ParamField | null {
  const { label, hint } = labelOf(name, property['description'])
  const options = optionsOf(property)
  const fallback = property['default']
  if (options.length > 0) {
    const known = typeof fallback === 'string' || typeof fallback === 'number' ? fallback : null
    return { kind: 'choice', name, label, options, fallback: known }
  }
  switch (property['type']) {
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        name,
        label,
        fallback: asNumber(fallback),
        min: asNumber(property['minimum']),
        max: asNumber(property['maximum']),
        isWhole: property['type'] === 'integer',
      }
    case 'boolean':
      return { kind: 'flag', name, label, fallback: fallback === true }
    case 'string':
      return {
        kind: 'text',
        name,
        label,
        hint,
        fallback: typeof fallback === 'string' ? fallback : '',
        pattern: typeof property['pattern'] === 'string' ? property['pattern'] : null,
      }
    default:
      return null
  }
}

/** Enums, and unions of constants as `z.union([z.literal(12), …])` writes them. */
function optionsOf(property: Record<string, unknown>): readonly ParamOption[] {
  const listed = Array.isArray(property['enum']) ? property['enum'] : constantsOf(property['anyOf'])
  return listed.flatMap((value: unknown): ParamOption[] =>
    typeof value === 'string'
      ? [{ value, label: inWords(value) }]
      : typeof value === 'number'
        ? [{ value, label: String(value) }]
        : [],
  )
}

function constantsOf(anyOf: unknown): unknown[] {
  if (!Array.isArray(anyOf)) return []
  const constants = anyOf.map((option: unknown) => asRecord(option)['const'])
  return constants.every((constant) => constant !== undefined) ? constants : []
}

/** "Before (yyyy-mm, empty for the last)" is a label and a hint. */
function labelOf(name: string, description: unknown): { label: string; hint: string } {
  if (typeof description !== 'string' || description === '') return { label: inWords(name), hint: '' }
  const [, label = description, hint = ''] = /^([^(]+?)\s*\((.*)\)$/.exec(description) ?? []
  return { label, hint }
}

const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
