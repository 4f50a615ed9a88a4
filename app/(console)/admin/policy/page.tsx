import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { readPolicy } from "#lib/admin/index.ts";
import { forAdministrators } from "../_desk.tsx";

export const metadata: Metadata = { title: "Policy" };

export default async function PolicyPage() {
  return await forAdministrators("/admin/policy", async (deps) => {
    const { active, choices } = await readPolicy(deps);
    return (
      <AdminPage title="Policy" lead={<>Decides who may approve what. <code>{active.name}</code> is active, revision <code className="break-all">{active.revision}</code>; every decision names the revision that it was made under.</>}>
        <div className="grid items-start gap-4 md:grid-cols-2">
          {choices.map(({ name, deciders, people, needed, withoutFactor }) => (
            <Panel key={name} title={name} aside={name === active.name ? "active" : undefined}>
              <div className="flex flex-col gap-4">
                <Facts facts={[{ label: "Who decides", value: deciders.join(", ") }, { label: "People who can decide", value: `${people}, at least ${needed} needed` }]} />
                {withoutFactor.length === 0 ? null : <p className="text-13 text-grey-11 wrap-anywhere">A second factor is asked of roles; these accounts cannot act in theirs until they set one up: {withoutFactor.join(", ")}.</p>}
                {name === active.name ? null : people < needed ? (
                  <p className="text-13 text-grey-11">Grant the roles first: nobody could decide under it.</p>
                ) : (
                  <ConfirmButton label="Set policy" name={`Set policy: ${name}`} title={`Set the policy ${name}?`} description="It counts for every decision from now on, and the change stands in the public record." path="/api/v1/admin/policy" json={{ policy: name }} reason="audited" />
                )}
              </div>
            </Panel>
          ))}
        </div>
      </AdminPage>
    );
  });
}
