import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonStyle } from "#components/ui/button-style.ts";
import type { ButtonSize, ButtonVariant } from "#components/ui/button-style.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function LinkButton({ variant = "secondary", size = "md", icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={joinClasses(buttonStyle(variant, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
