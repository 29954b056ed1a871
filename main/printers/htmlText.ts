/** Text from files, safe inside HTML and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(controlCharacters, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

// Line ends and tabs may stay; other control characters have no place on a page.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
