/** Hands a data URL to the browser's own download, which asks where to put it. */
export function saveData(dataUrl: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = dataUrl
  link.download = fileName
  link.click()
}
