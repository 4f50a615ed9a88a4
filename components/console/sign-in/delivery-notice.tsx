import { Alert } from "#components/ui/alert.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Says that messages are kept on this machine instead of being sent, and where to read them. */
export function DeliveryNotice({ delivery }: { delivery: "smtp" | "outbox" }) {
  if (delivery === "smtp") return null;
  return (
    <Alert kind="warning" title="Development outbox: no mail leaves this machine" actions={<LinkButton href="/outbox" size="sm">Open the outbox</LinkButton>}>
      <p>
        No mail server is configured, so the sign-in message is kept here, where anyone on this machine can read it. Set <code className="text-13">SMTP_URL</code> before others use this registry.
      </p>
    </Alert>
  );
}
