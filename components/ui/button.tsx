import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from "react";
import { buttonStyle } from "#components/ui/button-style.ts";
import type { ButtonSize, ButtonVariant } from "#components/ui/button-style.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Work is under way: the button keeps its label and the focus, shows a turning mark and cannot be pressed again. */
  pending?: boolean;
}

/** A button with a plain verb. `type` is `button` unless told otherwise, so that it never submits by accident. */
export function Button({ variant = "secondary", size = "md", icon, pending = false, type = "button", className, children, ...rest }: ButtonProps) {
  // A disabled button would drop the focus, and with it the place of whoever works by keyboard.
  const held = pending ? { "aria-busy": true, "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() } : {};
  return (
    <button {...rest} {...held} type={type} className={joinClasses(buttonStyle(variant, size), className)}>
      {pending ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  );
}
