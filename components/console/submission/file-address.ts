/** Where the API serves a text file of a submission. */
export function fileAddress(id: string, path: string): string {
  return `/api/v1/submissions/${id}/files?path=${encodeURIComponent(path)}`;
}
