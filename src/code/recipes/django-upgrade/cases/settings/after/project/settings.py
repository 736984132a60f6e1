INSTALLED_APPS = ["shop"]
CSRF_TRUSTED_ORIGINS = ["shop.example.com", "https://example.org"]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 2
STORAGES = {
    "default": {
        "BACKEND": "shop.storage.Files",
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
