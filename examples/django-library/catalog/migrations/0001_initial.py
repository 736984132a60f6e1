from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("author", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[("shelf", "Shelf"), ("lent", "Lent")], default="shelf", max_length=10
                    ),
                ),
                ("pages", models.PositiveIntegerField(default=1)),
                ("added", models.DateTimeField()),
            ],
        ),
    ]
