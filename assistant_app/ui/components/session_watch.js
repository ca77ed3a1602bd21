import { useEffect } from "react";

// Asks over plain HTTP whether the session still lives once the connection fails or the server says that it ended,
// and goes to the sign-in page, with the way back, if it does not.
export function SessionWatch({ errors, expired }) {
  useEffect(() => {
    if (!errors && !expired) return;
    fetch("/session", { redirect: "manual", cache: "no-store" }).then(
      (answer) => {
        if (answer.status !== 401) return;
        const here = location.pathname + location.search;
        location.assign("/login?next=" + encodeURIComponent(here));
      },
      () => {}, // No network: the banner of the lost connection tells.
    );
  }, [errors, expired]);
  return null;
}
