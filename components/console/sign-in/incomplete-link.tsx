import { LinkButton } from "#components/ui/link-button.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";

/** A sign-in address that lost its secret, as mail programs cause by breaking long lines. */
export function IncompleteLink() {
  return (
    <ConsolePage title="This link is incomplete" lead="Part of the address is missing, often because a mail program broke it in two. Copy the whole link, or ask for a new one." narrow>
      <div>
        <LinkButton href="/sign-in" variant="primary">
          Ask for a new link
        </LinkButton>
      </div>
    </ConsolePage>
  );
}
