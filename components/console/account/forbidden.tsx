import { LockKeyhole } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";

/** A page that this person may not see: says who may, and how that is granted. */
export function Forbidden({ title, who }: { title: string; who: string }) {
  return (
    <ConsolePage title={title}>
      <EmptyState icon={<LockKeyhole aria-hidden />} title={`${who} work here`} actions={<LinkButton href="/submissions">Your submissions</LinkButton>}>
        <p>
          Your account does not have that role. Ask an administrator of this registry: roles are granted under Administration.
        </p>
      </EmptyState>
    </ConsolePage>
  );
}
