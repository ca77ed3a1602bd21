// Keeps a number before the title of the tab, whatever page sets that title.
import { useEffect } from "react";

const NUMBER = /^\(\d+\) /;

export function TitleCount({ count = 0 }) {
  useEffect(() => {
    const apply = () => {
      const bare = document.title.replace(NUMBER, "");
      const wanted = count > 0 ? `(${count}) ${bare}` : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
  return null;
}
