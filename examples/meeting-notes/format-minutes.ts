import type { Minutes } from "./read-minutes.ts";

/** Writes minutes as Markdown; sections without content are left out. `heldOn` is an ISO date. */
export function formatMinutes(minutes: Minutes, heldOn: string): string {
  const sections = [`# ${minutes.title}`, heldOn];
  if (minutes.summary !== "") sections.push(minutes.summary);
  if (minutes.decisions.length > 0) sections.push("## Decisions", minutes.decisions.map((text) => `- ${text}`).join("\n"));
  if (minutes.actions.length > 0) sections.push("## Actions", minutes.actions.map(formatAction).join("\n"));
  return `${sections.join("\n\n")}\n`;
}

function formatAction(action: Minutes["actions"][number]): string {
  const owner = action.owner === null ? "" : ` (${action.owner})`;
  const due = action.due === null ? "" : `, due ${action.due}`;
  return `- [ ] ${action.task}${owner}${due}`;
}
