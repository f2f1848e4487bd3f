"""The addresses of a person's own things. Of allauth's pages only these are open: the others have no use here."""

from allauth.account import views as allauth
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.views import account, choices, data, entrance, phrase, tokens

urlpatterns = [
    path("", account.account_home, name="account-home"),
    path("profile/", account.profile, name="profile"),
    path("sessions/end/", account.sessions_end, name="sessions-end"),
    path("delete/", account.account_delete, name="account-delete"),
    path("data.json", data.data_download, name="data-download"),
    path("data.html", data.data_download_html, name="data-download-html"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revocation/", tokens.token_revocation, name="token-revocation"),
    path("phrase/", phrase.return_phrase, name="return-phrase"),
    path("phrase/login/", phrase.phrase_login, name="phrase-login"),
    path("guest/", entrance.guest, name="guest"),
    path("upgrade/", entrance.upgrade, name="upgrade"),
    path("theme/", choices.theme, name="theme"),
    path("shortcuts/", choices.shortcuts, name="shortcuts"),
    path("login/", entrance.login, name="account_login"),
    path("signup/", entrance.signup, name="account_signup"),
    path("logout/", entrance.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", entrance.PasswordChange.as_view(), name="account_change_password"),
    path("password/set/", RedirectView.as_view(pattern_name="account-home"), name="account_set_password"),
    path("password/reset/", entrance.PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.PasswordResetFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
