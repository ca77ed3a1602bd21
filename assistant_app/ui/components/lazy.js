// A part of the page that loads when it is first wanted; what wants it is drawn again when it is there.
import { useEffect, useSyncExternalStore } from "react";

export function lazyPart(load) {
  const listeners = new Set();
  let part = null;
  let asked = false;
  return {
    get: () => part,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want() {
      if (asked) return;
      asked = true;
      load().then(
        (loaded) => {
          part = loaded;
          for (const listener of listeners) listener();
        },
        () => {
          asked = false;
        },
      );
    },
  };
}

const nothing = () => null;
const neverChanges = () => () => {};

export function useLazyPart(lazy, wanted) {
  useEffect(() => {
    if (wanted) lazy.want();
  }, [lazy, wanted]);
  return useSyncExternalStore(wanted ? lazy.subscribe : neverChanges, wanted ? lazy.get : nothing, nothing);
}
