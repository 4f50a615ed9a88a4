import { Fragment } from "react";

/** An e-mail address that breaks before its @ and its dots, and elsewhere only where no line could hold a part. */
export function EmailAddress({ address }: { address: string }) {
  return (
    <span className="wrap-anywhere">
      {address.split(/(?=[@.])/).map((part, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
