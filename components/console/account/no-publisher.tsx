import { Building2 } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Stands where a publisher's things would be, for a person who belongs to none. */
export function NoPublisher({ next, purpose }: { next: string; purpose: string }) {
  return (
    <EmptyState
      icon={<Building2 aria-hidden />}
      title="You have no publisher yet"
      actions={
        <LinkButton variant="primary" href={`/publishers/new?next=${encodeURIComponent(next)}`}>
          Create a publisher
        </LinkButton>
      }
    >
      <p>{purpose} A publisher is the name that stands behind listings; creating one takes a name and a moment.</p>
    </EmptyState>
  );
}
