import { PageHeader } from "#components/ui/page-header.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { PRIVACY_ROWS } from "#lib/people/schema.ts";

const RIGHTS = [
  { title: "See it", text: "Settings, Your data: one file with everything that is kept about your account." },
  { title: "Correct it", text: "Settings, Profile: your name, and your address after both addresses agreed." },
  { title: "Delete it", text: "Settings, Your data: at once and for good. What was published and decided stays, under “a deleted account”." },
  { title: "Object", text: "Write to whoever runs this registry: answer any of its mails, or take the address from /.well-known/security.txt." },
] as const;

const HEAD = (
  <>
    <Th>What</Th>
    <Th>Why</Th>
    <Th>Who sees it</Th>
    <Th>Until</Th>
  </>
);

/** What is kept about people, from the table that the removing job obeys. */
export function PrivacyView() {
  return (
    <div className="page flex flex-col gap-10 pt-8">
      <PageHeader title="What is kept about you" lead="Reading, searching and installing need no account and set no cookie. With an account, this is kept, and no more." />
      <Table caption="What is kept, why, who sees it, until when" head={HEAD}>
        {PRIVACY_ROWS.map((row) => (
          <tr key={row.what}>
            <Td className="min-w-60 align-top">{row.what}</Td>
            <Td label="Why" className="min-w-48 align-top text-grey-11">{row.why}</Td>
            <Td label="Who sees it" className="min-w-40 align-top text-grey-11">{row.seen}</Td>
            <Td label="Until" className="min-w-48 align-top">{row.until}</Td>
          </tr>
        ))}
      </Table>
      <section aria-labelledby="rights" className="flex flex-col gap-3">
        <h2 id="rights" className="text-18 font-semibold">
          Your rights
        </h2>
        <dl className="grid gap-4 sm:grid-cols-2">
          {RIGHTS.map((right) => (
            <div key={right.title} className="flex flex-col gap-1">
              <dt className="text-14 font-medium">{right.title}</dt>
              <dd className="max-w-prose text-14 text-grey-11">{right.text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="besides" className="flex flex-col gap-3">
        <h2 id="besides" className="text-18 font-semibold">
          Besides accounts
        </h2>
        <ul className="flex max-w-prose list-disc flex-col gap-1.5 pl-5 text-14 text-grey-11">
          <li>Downloads are counted by version and day. No count knows who downloaded.</li>
          <li>The server prints one line for each request, with the network it came from (an address without its last part), never with an account. How long these lines are kept is the operator’s choice.</li>
          <li>Cookies carry a sign-in and the session after it. There are no others, no scripts of others, no measuring of visitors.</li>
          <li>What is deleted stays in older backups until the operator’s last backup from before is gone.</li>
          <li>A package or a public key may name people: whoever publishes it decides that, and published bytes never change.</li>
        </ul>
      </section>
    </div>
  );
}
