INSTALLED_APPS = ["shop"]
CSRF_TRUSTED_ORIGINS = ["shop.example.com", "https://example.org"]
USE_L10N = True
PASSWORD_RESET_TIMEOUT_DAYS = 2
DEFAULT_FILE_STORAGE = "shop.storage.Files"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql_psycopg2"}}
