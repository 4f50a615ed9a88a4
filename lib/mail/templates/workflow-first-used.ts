import { defineMail } from "../define-mail.ts";

/** A build workflow that the publisher trusts has shown its identity for the first time. */
export const workflowFirstUsedMail = defineMail<{ publisher: string; repository: string; workflow: string; url: string }>({
  event: "workflow.first-used",
  group: "security",
  words: {
    en: ({ publisher, repository, workflow }) => ({
      subject: `${repository} now publishes for ${publisher}`,
      paragraphs: [`The workflow ${workflow} of ${repository} got a token to publish for your publisher ${publisher}, for the first time. An owner had registered it.`, "From now on it counts only from exactly this repository: one that takes its name later is refused. If nobody of you expected this, remove the workflow; its tokens end with it."],
      action: "See the trusted workflows",
    }),
    de: ({ publisher, repository, workflow }) => ({
      subject: `${repository} veröffentlicht jetzt für ${publisher}`,
      paragraphs: [`Der Workflow ${workflow} aus ${repository} hat zum ersten Mal ein Token erhalten, um für Ihren Herausgeber ${publisher} zu veröffentlichen. Ein Inhaber hatte ihn eingetragen.`, "Von jetzt an zählt er nur aus genau diesem Repository: Eines, das später dessen Namen annimmt, wird abgewiesen. Wenn niemand von Ihnen damit gerechnet hat, entfernen Sie den Workflow; seine Tokens enden mit ihm."],
      action: "Vertraute Workflows ansehen",
    }),
  },
  sample: { publisher: "Tide Works", repository: "tide-works/tide-table", workflow: ".github/workflows/release.yml", url: "https://market.example/teams/tide-works/trusted-publishing" },
});
