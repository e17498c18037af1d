// Tells the server which zone the operator's browser is in, so that pages can show their own time too.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  document.cookie = `desk_zone=${zone}; path=/admin/; max-age=31536000; samesite=lax`;
})();
