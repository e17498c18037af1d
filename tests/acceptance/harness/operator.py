"""An operator at the desk over real HTTP: signs in and uses its pages as a browser does."""

import re

import httpx

NAME, PASSWORD = "olga", "a long enough password"
ACCOUNT = {"DJANGO_SUPERUSER_USERNAME": NAME, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}


class Operator:
    """Signs in and uses the desk as a browser does."""

    def __init__(self, bot):
        self.http = httpx.Client(
            base_url=f"http://{bot.web}", trust_env=False, follow_redirects=True, timeout=20
        )
        self.submit("/admin/login/", username=NAME, password=PASSWORD)

    def submit(self, url, form_url="", **data):
        """Fill in the form of a page (its own, or another's) and send it; returns the answer."""
        page = self.http.get(form_url or url)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        headers = {"Referer": str(self.http.base_url)}
        answer = self.http.post(url, data={**hidden, **data}, headers=headers)
        assert answer.status_code == 200, (url, answer.status_code, answer.text[:500])
        return answer
