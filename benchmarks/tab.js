// Runs in every page before its own scripts, and notes when things happen there. All times are milliseconds since 1970
// by the machine's clock, so that they can be held against other processes' times.
(() => {
  const notes = { entered: 0, sent: [], longest: 0, long: 0, growth: [] };
  window.__notes = notes;

  const at = (time) => performance.timeOrigin + time;

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      notes.long += 1;
      notes.longest = Math.max(notes.longest, entry.duration);
    }
  }).observe({ type: "longtask" });

  // The event's own time is when the browser got the key, before any script ran.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") notes.entered = at(event.timeStamp);
  }, true);
  document.addEventListener("click", (event) => { notes.clicked = at(event.timeStamp); }, true);

  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    notes.sent.push([at(performance.now()), String(data).slice(0, 200)]);
    return send.call(this, data);
  };

  // A frame is on the screen shortly after its callback; what is posted from there runs when it has been handed over.
  const painted = (done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(at(performance.now()));
    channel.port2.postMessage(0);
  });

  // Notes when the length of the last answer's text changes, and when that was painted.
  notes.watchAnswers = (count) => {
    notes.unwatch?.();
    notes.growth = [];
    let length = 0;
    const observer = new MutationObserver(() => {
      const answers = document.querySelectorAll('[data-role="assistant"]');
      if (answers.length < count) return;
      const text = answers[answers.length - 1].querySelector(".md");
      const now = text ? text.textContent.length : 0;
      if (now === length) return;
      length = now;
      const entry = [now, at(performance.now()), 0];
      notes.growth.push(entry);
      painted((time) => { entry[2] = time; });
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    notes.unwatch = () => observer.disconnect();
  };

  // Resolves once `look` finds something, with the time it came into the page and the time it was painted. It looks at
  // every change, and before every frame, since scrolling changes nothing in the document.
  notes.when = (look) => new Promise((resolve) => {
    let found = 0;
    const check = () => {
      if (found || !look()) return;
      found = at(performance.now());
      observer.disconnect();
      painted((time) => resolve([found, time]));
    };
    const observer = new MutationObserver(check);
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    const frame = () => {
      check();
      if (!found) requestAnimationFrame(frame);
    };
    frame();
  });

  const side = ".side-list .side-link, .side-list .side-empty";
  notes.usable = notes.when(() => {
    const field = document.querySelector("textarea[name=message]");
    return field && !field.disabled && document.querySelector(side) && Object.keys(field).some((key) => key.startsWith("__reactProps"));
  });
})();
