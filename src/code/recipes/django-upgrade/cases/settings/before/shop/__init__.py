default_app_config = "shop.apps.ShopConfig"
name = "shop"
