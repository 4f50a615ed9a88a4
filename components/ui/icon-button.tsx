import type { ButtonHTMLAttributes, ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does, for people who do not see the icon; also its tooltip. */
  label: string;
  icon: ReactNode;
}

/** A square button that shows only an icon. */
export function IconButton({ label, icon, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={joinClasses("inline-flex size-8 shrink-0 items-center justify-center rounded-md text-grey-11 transition-colors hover:bg-grey-4 hover:text-grey-12", className)}
    >
      {icon}
    </button>
  );
}
