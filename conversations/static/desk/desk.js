// A transcript that stays up to date by itself, and times that also show the operator's own zone.
// Everything here is comfort: without it the pages work, they only have to be loaded again.
"use strict";

(() => {
  const QUICK = 2500; // ms between looks while the page is visible
  const SLOW = 30000; // ms at most, after errors

  const ownTime = new Intl.DateTimeFormat(undefined, {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });

  function addOwnTimes(root) {
    for (const element of root.querySelectorAll("time.desk-time:not([data-own])")) {
      element.dataset.own = "yes";
      element.title += " · yours: " + ownTime.format(new Date(element.dateTime));
    }
  }

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  function token() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : cookie("csrftoken");
  }

  function watch(transcript) {
    const entries = document.getElementById("entries");
    const live = document.getElementById("live");
    let pause = QUICK;
    let seen = 0;

    const atEnd = () => transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 60;
    const toEnd = () => { transcript.scrollTop = transcript.scrollHeight; };

    function say(words) {
      live.hidden = !words;
      live.textContent = words;
    }

    async function markSeen() {
      const last = Number(transcript.dataset.last);
      if (!transcript.dataset.seen || !last || last === seen || document.hidden || !atEnd()) return;
      seen = last;
      const body = new URLSearchParams({ upto: String(last), csrfmiddlewaretoken: token() });
      await fetch(transcript.dataset.seen, { method: "POST", body, credentials: "same-origin" });
    }

    // Replace what changed and add what is new; earlier pages that were loaded stay.
    function merge(html, first) {
      const fresh = document.createElement("div");
      fresh.innerHTML = html; // our own server's escaped template
      const anchor = entries.querySelector("#m" + first);
      if (!anchor) {
        entries.replaceChildren(...fresh.childNodes);
        return;
      }
      const day = anchor.previousElementSibling;
      let node = day && day.classList.contains("desk-day") ? day : anchor;
      const kept = new Set([...entries.querySelectorAll("details[open]")].map((d) => d.parentElement.id));
      while (node) {
        const next = node.nextSibling;
        node.remove();
        node = next;
      }
      const days = new Set([...entries.querySelectorAll(".desk-day")].map((d) => d.textContent));
      const lead = fresh.querySelector(".desk-day");
      if (lead && days.has(lead.textContent)) lead.remove();
      for (const id of kept) {
        const details = id && fresh.querySelector("#" + id + " details");
        if (details) details.open = true;
      }
      entries.append(...fresh.childNodes);
    }

    async function look() {
      if (document.hidden) return;
      const address = new URL(transcript.dataset.feed, location.href);
      address.searchParams.set("version", transcript.dataset.version);
      if (transcript.dataset.topic) address.searchParams.set("topic", transcript.dataset.topic);
      try {
        const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
        if (answer.type === "opaqueredirect" || answer.status === 403) {
          say("You are signed out. Load the page again to go on.");
          pause = SLOW;
          return;
        }
        if (answer.status === 200) {
          const follow = atEnd();
          const page = await answer.json();
          merge(page.html, page.first);
          transcript.dataset.version = page.version;
          transcript.dataset.last = String(page.last);
          addOwnTimes(entries);
          if (follow) toEnd();
          else say("There are new messages below.");
        } else if (answer.status !== 204) {
          throw new Error(String(answer.status));
        }
        if (pause !== QUICK) say("");
        pause = QUICK;
        await markSeen();
      } catch {
        pause = Math.min(pause * 2, SLOW);
        say("The connection is away; trying again.");
      }
    }

    function again() {
      setTimeout(async () => { await look(); again(); }, pause);
    }

    transcript.addEventListener("scroll", () => {
      if (atEnd()) { say(""); void markSeen(); }
    }, { passive: true });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) void look(); });
    if (!location.hash.startsWith("#m")) toEnd();
    void markSeen();
    again();
  }

  function earlier(transcript) {
    transcript.addEventListener("click", async (event) => {
      const link = event.target.closest("[data-earlier]");
      if (!link) return;
      event.preventDefault();
      const address = new URL(transcript.dataset.feed, location.href);
      address.search = new URL(link.href).search;
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.status !== 200) { location.href = link.href; return; }
      const page = await answer.json();
      const entries = document.getElementById("entries");
      const height = transcript.scrollHeight;
      const part = document.createElement("div");
      part.innerHTML = page.html;
      const days = part.querySelectorAll(".desk-day");
      const next = entries.querySelector(".desk-day");
      if (next && days.length && days[days.length - 1].textContent === next.textContent) next.remove();
      addOwnTimes(part);
      entries.prepend(...part.childNodes);
      transcript.scrollTop += transcript.scrollHeight - height;
      if (page.has_earlier) {
        const search = new URLSearchParams(new URL(link.href).search);
        search.set("before", String(page.first));
        link.href = "?" + search;
      } else {
        link.parentElement.remove();
      }
    });
  }

  function pictures(root) {
    root.addEventListener("click", (event) => {
      const link = event.target.closest("[data-picture]");
      if (!link) return;
      event.preventDefault();
      const image = document.createElement("img");
      image.alt = "Picture from the conversation";
      image.addEventListener("error", () => image.replaceWith("Telegram did not give the picture."));
      image.src = link.href;
      link.replaceWith(image);
    });
  }

  function replyBox() {
    const text = document.getElementById("desk-text");
    if (!text) return;
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form.requestSubmit();
    });
    const canned = document.getElementById("desk-canned");
    if (canned) canned.addEventListener("change", () => {
      if (canned.value) text.setRangeText(canned.value, text.selectionStart, text.selectionEnd, "end");
      canned.value = "";
      text.focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    addOwnTimes(document);
    replyBox();
    const transcript = document.getElementById("transcript");
    if (!transcript) return;
    pictures(transcript);
    earlier(transcript);
    if (transcript.dataset.live) watch(transcript);
  });
})();
