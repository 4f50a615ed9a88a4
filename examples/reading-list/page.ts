/** One page on the list. Times are ISO 8601 in UTC. */
export interface Page {
  url: string;
  title: string;
  tags: string[];
  addedAt: string;
  readAt: string | null;
}
