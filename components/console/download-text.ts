/** Hands a text made in this page to the person as a file; no server takes part. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the blob after the click handler returns; revoking at once would cancel the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
