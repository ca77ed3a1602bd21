import { useContext, useEffect } from "react";
import { ColorModeContext } from "$/utils/context-registry";

export function ThemeSync({ theme = "", density = "" }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  // Reflex first restores what this browser had; what the account says comes after it, whatever that was.
  useEffect(() => {
    if (theme && theme !== rawColorMode) setColorMode(theme);
  }, [theme, rawColorMode, setColorMode]);
  useEffect(() => {
    if (density) document.documentElement.dataset.density = density;
  }, [density]);
  return null;
}
