import {
  both,
  type ColumnTest,
  either,
  isGender,
  isKey,
  isNearlyUnique,
  isNumber,
  isText,
  named,
  notNamed,
  person,
  type Seen,
  valuesAre,
} from './columnTests'

/** Recognition of files with e-mail addresses, telephone numbers and postal addresses of customers. */

const isEmail: ColumnTest = (column) => valuesAre(column, /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i, 0.8)
const isPhone: ColumnTest = (column) => valuesAre(column, /^\+?[\d\s()./-]{7,20}$/, 0.8)
const channels =
  /\b(e ?mails?|mails?|correos?|phones?|tel|telefonos?|telephones?|mobiles?|moviles?|movil|cells?|celular(es)?|handy)\b/
const aboutSending =
  /\b(opt|consent|consentimiento|subscribed|status|estado|sent|opened|clicks?|type|tipo|date|fecha)\b/

/** Name, type and values of a column that plays a role, most telling test first. */
export const contactRoles: Readonly<Record<string, readonly ColumnTest[]>> = {
  email: [
    both(isText, isEmail),
    both(named(/\b(e ?mail|mail|correo( electronico)?)\b/), isText, notNamed(aboutSending)),
  ],
  phone: [
    both(
      named(/\b(phone|tel|telefono|telephone|mobile|movil|cell|celular|handy|whatsapp)\b/),
      either(isKey, isNumber),
      isPhone,
      notNamed(aboutSending),
    ),
  ],
  firstName: [
    both(
      named(/\b(first ?name|given ?name|forename|nombre|vorname|prenom)\b/),
      isText,
      notNamed(/\b(last|apellidos?)\b/),
    ),
  ],
  lastName: [both(named(/\b(last ?name|surname|family ?name|apellidos?|nachname)\b/), isText)],
  street: [both(named(/\b(address|street|direccion|calle|domicilio|strasse|adresse)\b/), isText, notNamed(channels))],
  postcode: [both(named(/\b(zip( code)?|post ?code|postal( code)?|codigo postal|cp|plz)\b/), either(isKey, isNumber))],
  city: [both(named(/\b(city|town|ciudad|poblacion|localidad|municipio|ort|stadt|ville)\b/), isText)],
  region: [both(named(/\b(state|province|provincia|region|county|comunidad)\b/), isText)],
  country: [both(named(/\b(country|pais|land|pays)\b/), isText)],
  consent: [
    both(
      named(
        /\b(consent|consentimiento|opt ?in|opt ?out|subscribed|suscrito|unsubscribed|newsletter|do not contact|gdpr|rgpd)\b/,
      ),
    ),
  ],
  // Last, so that a telephone number is not taken for the customer's.
  customer: [
    both(named(person), isKey, isNearlyUnique, notNamed(channels)),
    both(
      named(/\b(id|no|nr|num|number|code|key|ref|numero|codigo|clave)\b/),
      isKey,
      isNearlyUnique,
      notNamed(channels),
    ),
  ],
}

/**
 * Each customer once with an e-mail address or a telephone number. A file that also says gender, age or how long
 * somebody has been a customer is one of customers' attributes: contacts are for lists that leave the machine only.
 */
export function readContacts(
  cast: Readonly<Record<string, readonly string[]>>,
  columns: readonly Seen[],
): { readonly score: number; readonly reason: string } {
  const reached = ['email', 'phone'].filter((role) => cast[role] !== undefined)
  if (cast['customer'] === undefined || reached.length === 0) return { score: 0, reason: '' }
  const attributes = columns.filter(
    (column) =>
      isGender(column) ||
      /\b(gender|sex|sexo|genero|age|edad|tenure|antiguedad|months|meses|segment|segmento|spent|orders|revenue)\b/.test(
        column.words,
      ),
  )
  const parts = ['firstName', 'lastName', 'street', 'postcode', 'city', 'country', 'consent']
  const known = parts.filter((role) => cast[role] !== undefined).length
  return {
    score: 0.82 + 0.05 * (reached.length - 1) + 0.02 * known - (attributes.length > 0 ? 0.3 : 0),
    reason: `each customer once with ${reached.map((role) => (role === 'email' ? 'an e-mail address' : 'a telephone number')).join(' and ')}`,
  }
}
